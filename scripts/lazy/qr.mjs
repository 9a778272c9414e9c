// Only *Get Invoice Only* draws QR codes.
export default (...args) => require('../../node_modules/qr').default(...args);
