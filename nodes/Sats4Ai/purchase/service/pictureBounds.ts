/** The largest picture that is taken, in or out, and the most that one may come wrapped in. */
export const MAX_PICTURE_BYTES = 256 * 1024 * 1024;

/** Said of what is larger. */
export const TOO_LARGE = 'is larger than 256 MB';
