import type { DeclarativeRestApiSettings } from 'n8n-workflow';
import type { Limit } from '../purchase/service/bodyLimits';

/** What has to be known of an operation to buy it. */
export interface Purchasable {
	/** Value of the `operation` parameter; part of result file names. */
	readonly value: string;
	/** Whether the service returns the picture itself, without a link to it. */
	readonly answersInline?: boolean;
	/** The newer name of the endpoint, the last part of its path, where it has one. */
	readonly newerName?: string;
	/** Whether the body carries an `image`. */
	readonly takesImage: boolean;
	/** What the endpoint accepts, by body key: checked before any request. */
	readonly limits: readonly Limit[];
}

export type RoutedOptions = DeclarativeRestApiSettings.ResultOptions['options'];
