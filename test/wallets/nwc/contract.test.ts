import { describeContract } from '../heldToContract';

describeContract('nwc');
