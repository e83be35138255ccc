/** Inner files of undici that the demo loads by themselves: the whole package takes tens of milliseconds. */
declare module 'undici/lib/dispatcher/dispatcher.js' {
	import { Dispatcher } from 'undici';

	export = Dispatcher;
}

declare module 'undici/lib/handler/wrap-handler.js' {
	import type { Dispatcher } from 'undici';

	const WrapHandler: {
		/** A handler of either generation as one of the newer. */
		wrap(handler: Dispatcher.DispatchHandler): Dispatcher.DispatchHandler;
	};
	export = WrapHandler;
}
