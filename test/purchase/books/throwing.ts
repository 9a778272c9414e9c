/** An object that throws when it is looked at. */
export const throwing = new Proxy(
	{},
	{
		ownKeys: () => {
			throw new Error('no');
		},
		has: () => {
			throw new Error('no');
		},
		getOwnPropertyDescriptor: () => {
			throw new Error('no');
		},
	},
);
