import { attributeWord } from '../../analysis/traceql-syntax.ts';
import type { AttributeName } from '../../model/trace.ts';

/** Under which the values of an attribute are found: those of the spans of a service, or of all. */
export const valuesKey = (attribute: AttributeName, service: string | undefined): string => {
	const word = attributeWord(attribute);
	return service === undefined || isService(attribute) ? `values ${word}` : `values ${word} of ${service}`;
};

/** Whether it names services: those of one are one. */
export const isService = (attribute: AttributeName): boolean => attributeWord(attribute) === 'resource.service.name';
