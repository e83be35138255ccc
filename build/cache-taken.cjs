// Required before an executable's own launcher: ends with 1 when V8 looks away from the cache that it carries.
'use strict';
const vm = require('node:vm');

vm.Script = class extends vm.Script {
	constructor(source, options) {
		super(source, options);
		if (options.cachedData !== undefined && this.cachedDataRejected) process.exit(1);
	}
};
