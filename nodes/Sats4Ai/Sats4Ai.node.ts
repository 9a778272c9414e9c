import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { searchModels } from './models/searchModels';
import { properties } from './operations/properties';
import { lightningWalletApiTest } from './n8n/credentialTest';
import { NOBODYS_CREDENTIAL, shownToNobody } from './n8n/hiddenFromExpressions';

/** Sats4AI's image services, paid per picture over Lightning. A description; the work is done by the hooks that `properties` names. */
export class Sats4Ai implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Sats4AI',
		name: 'sats4Ai',
		icon: { light: 'file:sats4ai.svg', dark: 'file:sats4ai.dark.svg' },
		group: ['transform'],
		version: 1,
		// `colorizeImage` as people read it.
		subtitle:
			'={{ $parameter["operation"].replace(/[A-Z]/g, " $&").replace(/^./, (c) => c.toUpperCase()) }}',
		description:
			'Colorize, cut out, edit, generate, restore and upscale images, paid per picture in sats',
		defaults: { name: 'Sats4AI' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'lightningWalletApi',
				testedBy: 'lightningWalletApiTest',
				displayOptions: { show: { payment: ['wallet', 'payQuote'] } },
			},
			{ name: NOBODYS_CREDENTIAL, displayOptions: shownToNobody },
		],
		hints: [
			{
				// n8n cannot pin an output that holds a file.
				message:
					'Each successful run buys a new picture. A run that failed after paying is finished for free when it runs again with the same input. To test the steps after this node, execute them on their own.',
				type: 'info',
				location: 'outputPane',
				whenToDisplay: 'afterExecution',
				displayCondition: '={{ $parameter["payment"] === "wallet" }}',
			},
			{
				message:
					"Next: pay the invoice within ten minutes with a wallet that shows the preimage. Then a second node with the same operation, picture and parameters, 'Payment' on 'Redeem', takes payment.token and the preimage.",
				type: 'info',
				location: 'outputPane',
				whenToDisplay: 'afterExecution',
				displayCondition: '={{ $parameter["payment"] === "invoiceOnly" }}',
			},
		],
		requestDefaults: { ignoreHttpStatusErrors: true },
		properties,
	};

	methods = {
		credentialTest: { lightningWalletApiTest },
		listSearch: { searchModels },
	};
}
