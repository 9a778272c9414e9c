import { sampled } from '../../depth';
import { describeWallet } from '../contract';
import { startCln } from '../emulators/cln';
import { describeContractOverHttp } from '../heldToContract';
import { describeSpending } from '../spending';

type Options = Parameters<typeof startCln>[0];

const VARIANTS: ReadonlyArray<readonly [name: string, options: Options]> = [
	['cln before xpay', { hasXpay: false }],
	['cln before xpay, with a rune for pay', { hasXpay: false, runeIsForPay: true }],
	['cln of v23.08', { hasXpay: false, wraps: true }],
];

describeContractOverHttp('cln', { incoming: 'listpays shows no incoming payments' });
for (const [name, options] of sampled(VARIANTS, 2)) {
	describeWallet(name, async () => await startCln(options));
}
for (const [name, options] of sampled(VARIANTS, 2)) {
	describeSpending(name, async () => await startCln(options));
}
