import { describeContractOverHttp } from '../heldToContract';

describeContractOverHttp('lnd', { incoming: 'TrackPaymentV2 shows no incoming payments' });
