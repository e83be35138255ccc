import { most, of, type UseFigure, type UseResource } from './use-resource.ts';

const never = Number.POSITIVE_INFINITY;

const ago = (name: string, metric: string): UseFigure => ({
	name,
	unit: 'seconds',
	query: `time() - ${most(metric)}`,
	worry: never,
});

/** How long jobs that run have run; a job that failed never completes. */
const running = `max by ($by) (time() - ${of('kube_job_status_start_time')} and ${of('kube_job_status_active')} > 0)`;
const completed = `max by ($by) (${of('kube_job_status_completion_time')} - ${of('kube_job_status_start_time')})`;
const deadline = { of: 'deadline', query: most('kube_job_spec_active_deadline_seconds') };

/** What runs to an end in Kubernetes, by kube-state-metrics (https://github.com/kubernetes/kube-state-metrics). */
export const jobResources: readonly UseResource[] = [
	{
		key: 'kubernetes-job',
		name: 'Kubernetes job',
		group: 'restarts',
		by: ['namespace', 'job_name'],
		utilization: [
			{ name: 'took', unit: 'seconds', query: `${completed} or ${running}`, limits: [deadline] },
			{ name: 'runs for', unit: 'seconds', query: running, limits: [deadline] },
		],
		saturation: [{ name: 'active pods', unit: 'count', query: most('kube_job_status_active'), worry: never }],
		errors: [
			{ name: 'failed', unit: 'count', query: most('kube_job_failed', 'condition="true"') },
			{ name: 'failed pods', unit: 'count', query: most('kube_job_status_failed') },
		],
	},
	{
		key: 'cron-job',
		name: 'cron job',
		group: 'restarts',
		by: ['namespace', 'cronjob'],
		utilization: [{ name: 'active jobs', unit: 'count', query: most('kube_cronjob_status_active'), worry: never }],
		saturation: [
			ago('since success', 'kube_cronjob_status_last_successful_time'),
			ago('since scheduled', 'kube_cronjob_status_last_schedule_time'),
		],
	},
];
