import type { ServiceRole } from './red-family.ts';
import type { Unit } from './unit.ts';

/** `cores` are seconds of CPU in a second; `bytes-per-second` are counted in thousands, as links are sold. */
export type UseUnit = Unit | 'cores' | 'bytes-per-second';

/** Whom a limit is set by, in words: `limit`, `request`, `pool`. */
export type UseLimit = {
	readonly of: string;
	/** PromQL template in the unit of the figure; 0, or more than any machine has, means that there is no limit. */
	readonly query: string;
	/** Beyond it nothing is refused: a request, or what happens to be allocated. Never worth a mark. */
	readonly soft?: true;
};

/**
 * One figure of a resource. `query` is a PromQL template that yields one series for each instance of the resource:
 *
 *     $S   the matchers that restrict this very metric to the service
 *     $R   the range of `rate`
 *     $by  the labels that tell the instances apart
 */
export type UseFigure = {
	/** In two words: `in use`, `throttled`. */
	readonly name: string;
	readonly unit: UseUnit;
	readonly query: string;
	/** What `query` is a part of; an instance takes the first of them that it has. A utilization in `ratio` has 1. */
	readonly limits?: readonly UseLimit[];
	/**
	 * More than this is worth a mark. Of a utilization it is a share of the limit, 0.9 when absent; of the others 0 when
	 * absent; `Infinity` for what is large on good days too.
	 */
	readonly worry?: number;
};

export type UseGroup =
	| 'CPU'
	| 'memory'
	| 'restarts'
	| 'pressure'
	| 'disk'
	| 'file system'
	| 'network'
	| 'pool'
	| 'requests'
	| 'queue'
	| 'runtime'
	| 'data store'
	| 'host'
	| 'scrape';

/**
 * A resource that a service may run out of, by one convention or by several that tell the same: of each list of figures
 * the first whose metrics exist is taken. Utilization, saturation and errors are Brendan Gregg's
 * (https://www.brendangregg.com/usemethod.html).
 */
export type UseResource = {
	readonly key: string;
	readonly name: string;
	readonly group: UseGroup;
	/** Labels that tell its instances apart: pods, devices, pools. */
	readonly by: readonly string[];
	/** It belongs to the machines that the service's pods run on, and is not labelled with the service. */
	readonly where?: 'node';
	/** Labels of its own that name a service, tried when no label of every service does: `consumergroup`. */
	readonly services?: readonly ServiceRole[];
	readonly utilization?: readonly UseFigure[];
	readonly saturation?: readonly UseFigure[];
	readonly errors?: readonly UseFigure[];
};

export const useAspects = ['utilization', 'saturation', 'errors'] as const;
export type UseAspect = (typeof useAspects)[number];

/** The metric restricted to the service; `more` are matchers of the figure itself: `state="used"`. */
export const of = (metric: string, more = ''): string => `${metric}{$S${more === '' ? '' : `,${more}`}}`;

/** Templates in which the tables of resources are written. Maxima merge what two scrapers tell of one thing. */
export const most = (metric: string, more?: string): string => `max by ($by) (${of(metric, more)})`;
export const sum = (metric: string, more?: string): string => `sum by ($by) (${of(metric, more)})`;
export const perSecond = (metric: string, more?: string): string => `sum by ($by) (rate(${of(metric, more)}[$R]))`;
export const inAnHour = (metric: string, more?: string): string => `sum by ($by) (increase(${of(metric, more)}[1h]))`;

/** 1 while the gauge says that it is down, 0 while it says that it is up. */
export const notUp = (metric: string): string => `1 - min by ($by) (${of(metric)})`;
