import { describeContractOverHttp } from '../heldToContract';

describeContractOverHttp('lnbits');
