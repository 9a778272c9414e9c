/** What was bought: the request body after it passed every check, with the defaults filled in. */
export type PictureJob =
	| {
			readonly operation: 'colorizeImage';
			readonly image: Buffer;
			readonly modelSize: 'large' | 'tiny';
	  }
	| {
			readonly operation: 'deblurImage';
			readonly image: Buffer;
			readonly taskType: 'Image Debluring (GoPro)' | 'Image Debluring (REDS)' | 'Image Denoising';
	  }
	| {
			readonly operation: 'editImage';
			readonly prompt: string;
			readonly image: Buffer;
			readonly aspectRatio: AspectRatio;
			readonly outputFormat: 'jpg' | 'png' | 'webp';
	  }
	| {
			readonly operation: 'generateImage';
			readonly prompt: string;
			readonly width: number;
			readonly height: number;
			readonly model: 'Standard' | 'Better' | 'Best';
	  }
	| { readonly operation: 'removeBackground'; readonly image: Buffer }
	| {
			readonly operation: 'removeObject';
			readonly image: Buffer;
			/** What is to vanish. */
			readonly query: string;
	  }
	| {
			readonly operation: 'restoreFace';
			readonly image: Buffer;
			/** 0 = most enhancement, 1 = most identity. */
			readonly fidelity: number;
			readonly upscale: number;
	  }
	| {
			readonly operation: 'upscaleImage';
			readonly image: Buffer;
			readonly scale: 2 | 4;
			readonly faceEnhance: boolean;
	  };

export type AspectRatio = 'match_input_image' | '1:1' | '4:3' | '16:9';
