import { describeWallet } from '../contract';
import { startCln } from '../emulators/cln';
import { describeContractOverHttp } from '../heldToContract';
import { describeSpending } from '../spending';

const beforeXpay = async () => await startCln({ hasXpay: false });
const ofV2308 = async () => await startCln({ hasXpay: false, wraps: true });

describeContractOverHttp('cln', { incoming: 'listpays shows no incoming payments' });
describeWallet('cln before xpay', beforeXpay);
describeWallet(
	'cln before xpay, with a rune for pay',
	async () => await startCln({ hasXpay: false, runeIsForPay: true }),
);
describeWallet('cln of v23.08', ofV2308);
describeSpending('cln of v23.08', ofV2308);
describeSpending('cln before v24.11', beforeXpay);
