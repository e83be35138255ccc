import { equals } from '../model/labels.ts';
import { plainly, type RedFamily, seconds } from './red-family.ts';

/**
 * What clouds count, exported as gauges of one period each: they are added as they are and never given to `rate`. How
 * long a period is, the series do not say. And what a prober sees.
 */

/** Sums over a whole balancer or target group; CloudWatch has them again for each zone, and for each pair of both. */
const wholeBalancer = ['dimension_TargetGroup', 'target_group', 'TargetGroup'].map(name => equals(name, ''));
const allZones = ['dimension_AvailabilityZone', 'availability_zone', 'AvailabilityZone'].map(name => equals(name, ''));

export const cloudFamilies: readonly RedFamily[] = [
	{
		// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
		// through YACE, cloudwatch_exporter or a metric stream.
		key: 'aws-alb',
		name: 'AWS application load balancer',
		side: 'served',
		counters: ['aws_applicationelb_request_count_sum', 'amazonaws_com_AWS_ApplicationELB_RequestCount_sum'],
		counting: 'periods',
		durations: [
			{ ...seconds('aws_applicationelb_target_response_time_p99'), gauge: 'p99' },
			{ ...seconds('aws_applicationelb_target_response_time_average'), gauge: 'average' },
		],
		failures: {
			metrics: [
				'aws_applicationelb_httpcode_target_5_xx_count_sum',
				'aws_applicationelb_httpcode_elb_5_xx_count_sum',
				'amazonaws_com_AWS_ApplicationELB_HTTPCode_Target_5XX_Count_sum',
			],
			counted: 'within',
		},
		services: [
			'dimension_TargetGroup',
			'target_group',
			'TargetGroup',
			'dimension_LoadBalancer',
			'load_balancer',
			'LoadBalancer',
			'name',
		].map(label => ({ label, form: 'path' })),
		views: [[...wholeBalancer, ...allZones], allZones],
	},
	{
		// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
		key: 'aws-sqs',
		name: 'AWS SQS, messages deleted',
		side: 'served',
		counters: ['aws_sqs_number_of_messages_deleted_sum'],
		counting: 'periods',
		durations: [{ ...seconds('aws_sqs_approximate_age_of_oldest_message_maximum'), gauge: 'oldest' }],
		services: [...plainly('dimension_QueueName', 'queue_name'), { label: 'name', form: 'path' }],
	},
];

export const probeFamilies: readonly RedFamily[] = [
	{
		// https://github.com/prometheus/blackbox_exporter: each sample is one request of the prober.
		key: 'blackbox',
		name: 'Blackbox probes',
		side: 'probed',
		counters: ['probe_success'],
		counting: 'samples',
		durations: [{ ...seconds('probe_duration_seconds'), gauge: 'slowest' }],
		services: ['instance', 'target'].map(label => ({ label, form: 'address' })),
		routes: ['instance', 'target'],
	},
];
