import { expect, test } from 'vitest';
import { promMatcher } from '../../src/analysis/promql-build.ts';
import { routeMatchers } from '../../src/analysis/route-matchers.ts';

test.each<[route: string | undefined, label: string | undefined, matchers: readonly string[]]>([
	['/pay', 'http_route', ['http_route="/pay"']],
	['/pay/{id}', 'span_name', ['span_name=~"([A-Z]+ )?/pay/\\\\{id\\\\}"']],
	['/pay', 'span.name', ['"span.name"=~"([A-Z]+ )?/pay"']],
	['POST /pay', 'span_name', ['span_name="POST /pay"']],
	['Hold', 'grpc_method', ['grpc_method="Hold"']],
	['/pay', undefined, []],
	[undefined, 'http_route', []],
])('the route %s is kept to by the label %s', (route, label, matchers) => {
	expect(routeMatchers(route, label).map(promMatcher)).toEqual(matchers);
});
