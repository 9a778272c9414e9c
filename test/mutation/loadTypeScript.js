// Mocha reads the tests as they are written.
require('tsx/cjs');
