import { describeContractOverHttp } from '../heldToContract';

describeContractOverHttp('phoenixd', { contradiction: 'its record has one field for the state' });
