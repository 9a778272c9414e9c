/** The part of Playwright that is used here. It is installed in a folder of its own, without types. */

/** An element inside the page, where only what is called here counts. */
export interface PageElement {
	querySelectorAll(selector: string): Iterable<PageElement>;
	getClientRects(): { readonly length: number };
	getAttribute(name: string): string | null;
	setAttribute(name: string, value: string): void;
	addEventListener(
		event: 'mousedown' | 'input',
		hear: (event: PageEvent) => void,
		early: true,
	): void;
}

interface PageEvent {
	readonly target: PageElement;
}

/** In pixels of the window. */
export interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

export interface Locator {
	all(): Promise<Locator[]>;
	boundingBox(): Promise<Box | null>;
	click(): Promise<void>;
	dblclick(): Promise<void>;
	count(): Promise<number>;
	fill(text: string): Promise<void>;
	setInputFiles(path: string): Promise<void>;
	filter(by: { hasText?: string | RegExp }): Locator;
	first(): Locator;
	last(): Locator;
	locator(selector: string): Locator;
	getByTestId(id: string): Locator;
	getByText(text: string | RegExp): Locator;
	or(other: Locator): Locator;
	isVisible(): Promise<boolean>;
	isEnabled(): Promise<boolean>;
	innerText(): Promise<string>;
	allInnerTexts(): Promise<string[]>;
	getAttribute(name: string): Promise<string | null>;
	inputValue(): Promise<string>;
	waitFor(options?: { state?: 'visible' | 'hidden'; timeout?: number }): Promise<void>;
	evaluate<T>(task: (element: PageElement) => T): Promise<T>;
	evaluateAll<T>(task: (elements: PageElement[]) => T): Promise<T>;
}

export interface Page {
	goto(url: string): Promise<unknown>;
	waitForURL(url: RegExp): Promise<void>;
	waitForTimeout(ms: number): Promise<void>;
	locator(selector: string): Locator;
	getByTestId(id: string): Locator;
	getByText(text: string | RegExp): Locator;
	getByRole(role: 'button' | 'img', options?: { name?: string | RegExp }): Locator;
	keyboard: { press(key: string): Promise<void> };
	mouse: { move(x: number, y: number): Promise<void> };
	setDefaultTimeout(ms: number): void;
	screenshot(options?: { clip: Box }): Promise<Buffer>;
	setViewportSize(size: { width: number; height: number }): Promise<void>;
}

interface Route {
	abort(): Promise<void>;
}

interface Context {
	newPage(): Promise<Page>;
	route(which: (url: URL) => boolean, handle: (route: Route) => Promise<void>): Promise<void>;
}

export interface Browser {
	newContext(options: {
		viewport: { width: number; height: number };
		colorScheme: 'light' | 'dark';
		acceptDownloads?: boolean;
	}): Promise<Context>;
	close(): Promise<void>;
}

export interface Playwright {
	readonly chromium: {
		launch(options: { executablePath: string; args: readonly string[] }): Promise<Browser>;
	};
	readonly selectors: { setTestIdAttribute(name: string): void };
}
