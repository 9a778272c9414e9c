import type { Picture } from '../pictures/picture';

/** Where the picture stands in a successful answer. */
export type ResultShape =
	/** `data:image/jpeg;base64,…` as text. */
	| 'dataUri'
	/** The same as a JSON string, in quotes. */
	| 'dataUriJsonString'
	/** `{"image_url": "http://…/uploads/…"}` */
	| 'imageUrlAbsolute'
	/** `{"image_url": "/uploads/…"}` */
	| 'imageUrlRelative'
	/** `{"imageUrl": "http://…", "base64Image": "data:…"}` */
	| 'urlAndBase64'
	/** `{"status": 200, "body": {"image_url": "/uploads/…"}}` */
	| 'wrappedInBody'
	/** `{"status": 200, "body": "data:…"}` */
	| 'wrappedInBodyString'
	/** The picture itself. */
	| 'rawBytes';

export interface ShapedResult {
	readonly contentType: string;
	readonly body: Buffer;
}

/**
 * @param link puts the picture up and tells its path, `/uploads/…`
 * @param origin of the service as the client reached it
 */
export function shapeResult(
	shape: ResultShape,
	picture: Picture,
	link: () => string,
	origin: string,
): ShapedResult {
	const dataUri = `data:${picture.mimeType};base64,${picture.bytes.toString('base64')}`;
	const json = (value: unknown): ShapedResult => ({
		contentType: 'application/json',
		body: Buffer.from(JSON.stringify(value)),
	});
	switch (shape) {
		case 'dataUri':
			return { contentType: 'text/plain; charset=utf-8', body: Buffer.from(dataUri) };
		case 'dataUriJsonString':
			return json(dataUri);
		case 'imageUrlAbsolute':
			return json({ image_url: `${origin}${link()}` });
		case 'imageUrlRelative':
			return json({ image_url: link() });
		case 'urlAndBase64':
			return json({ imageUrl: `${origin}${link()}`, base64Image: dataUri });
		case 'wrappedInBody':
			return json({ status: 200, body: { image_url: link() } });
		case 'wrappedInBodyString':
			return json({ status: 200, body: dataUri });
		case 'rawBytes':
			return { contentType: picture.mimeType, body: picture.bytes };
	}
}
