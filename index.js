// n8n loads the files named in package.json; this is for `require('n8n-nodes-sats4ai')`.
const { LightningWalletApi } = require('./dist/credentials/LightningWalletApi.credentials.js');
const { Sats4Ai } = require('./dist/nodes/Sats4Ai/Sats4Ai.node.js');

module.exports = { LightningWalletApi, Sats4Ai };
