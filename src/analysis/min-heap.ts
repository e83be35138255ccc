/** Numbers of which the smallest comes out first; `weigh` says how heavy each is. Adding and taking cost O(log n). */
export type MinHeap = {
	readonly size: () => number;
	readonly peek: () => number | undefined;
	readonly add: (item: number) => void;
	readonly take: () => number | undefined;
};

export function createMinHeap(weigh: (item: number) => number = item => item): MinHeap {
	const items: number[] = [];
	const weightAt = (index: number): number => {
		const item = items[index];
		return item === undefined ? Number.POSITIVE_INFINITY : weigh(item);
	};
	const swap = (a: number, b: number) => {
		const item = items[a];
		const other = items[b];
		if (item === undefined || other === undefined) return;
		items[a] = other;
		items[b] = item;
	};
	const rise = (from: number) => {
		for (let at = from; at > 0; ) {
			const above = (at - 1) >> 1;
			if (weightAt(above) <= weightAt(at)) return;
			swap(above, at);
			at = above;
		}
	};
	const sink = () => {
		for (let at = 0; ; ) {
			const left = 2 * at + 1;
			const lighter = weightAt(left + 1) < weightAt(left) ? left + 1 : left;
			if (weightAt(lighter) >= weightAt(at)) return;
			swap(at, lighter);
			at = lighter;
		}
	};
	return {
		size: () => items.length,
		peek: () => items[0],
		add: item => {
			items.push(item);
			rise(items.length - 1);
		},
		take: () => {
			const top = items[0];
			const last = items.pop();
			if (items.length > 0 && last !== undefined) {
				items[0] = last;
				sink();
			}
			return top;
		},
	};
}
