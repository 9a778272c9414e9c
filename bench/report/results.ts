import type { MemoryFigures } from '../memory/memoryTask';
import type { CallTimes } from '../micro/timeCalls';
import type { PackageSize } from '../micro/packageSize';
import type { LngetFigures } from '../lightning/measureLnget';
import type { QueueFigures } from '../queue/measureQueue';
import type { PurchaseSteps } from '../steps/step';
import type { TimedCell } from '../timing/cell';
import type { WalletFigures } from '../wallets/measureWallets';

/** Where and when the figures were taken. */
export interface Machine {
	readonly date: string;
	readonly cpu: string;
	readonly cores: number;
	readonly memoryBytes: number;
	readonly node: string;
	readonly n8nCore: string;
	readonly system: string;
	/** One-minute load averages before and after, the benchmark's own included in the latter. */
	readonly loadBefore: number;
	readonly loadAfter: number;
	readonly commit: string;
}

/** All figures of one run. Times in ms where the name does not say otherwise. */
export interface Results {
	readonly machine: Machine;
	readonly isQuick: boolean;
	/** What was left out, and why. */
	readonly notes: readonly string[];
	readonly cells: readonly TimedCell[];
	readonly memory: readonly MemoryFigures[];
	/** What one picture costs, for each size. */
	readonly steps: readonly PurchaseSteps[];
	readonly wallets: readonly WalletFigures[];
	/** null where this machine lacks what it takes; `notes` say what. */
	readonly lnget: LngetFigures | null;
	readonly queue: QueueFigures | null;
	readonly decodersUs: CallTimes;
	readonly partsUs: CallTimes;
	readonly loadMs: number;
	readonly size: PackageSize;
	readonly tookSeconds: number;
}
