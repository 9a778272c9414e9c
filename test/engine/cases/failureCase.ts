import type { PlannedFault } from '../../../sandbox/faultPlan';
import type { SandboxOptions } from '../../../sandbox/options';
import { type Call, type Scene } from '../scene';

/** A way to fail: how it comes about, and what the report of it must hold. */
export interface FailureCase {
	readonly name: string;
	readonly code: string;
	readonly spent: 'no' | 'unknown' | 'yes';
	/** What the message must say. */
	readonly says: RegExp;
	readonly sandbox?: SandboxOptions;
	readonly faults?: readonly PlannedFault[];
	readonly call?: Call;
	/** Credential fields that only the open sandbox can tell. */
	readonly credential?: (scene: Scene) => Call['credential'];
	readonly service?: Readonly<Record<string, unknown>>;
	/** Whether the invoice was really paid. */
	readonly paid?: boolean;
	readonly imageUrl?: true;
	/** Whether the report shows a refund, and an error item its QR code. */
	readonly refund?: true;
}
