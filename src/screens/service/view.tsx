import type { ReactNode } from 'react';
import type { ServiceFindings } from '../../investigation/service-findings.ts';
import type { ServicePlace } from '../../model/place.ts';
import type { Surface } from '../../terminal/surface.ts';
import { Canvas } from '../../widgets/canvas.tsx';
import type { ViewProps } from '../screen.ts';
import type { ServiceState } from './state.ts';
import { viewAt } from './views.ts';

export type ServiceViewProps = ViewProps<ServicePlace, ServiceFindings, ServiceState>;

export function ServiceView(props: ServiceViewProps): ReactNode {
	return <Canvas width={props.size.width} height={props.size.height} paint={surface => paintService(surface, props)} />;
}

export const paintService = (surface: Surface, props: ServiceViewProps): void => viewAt(props).paint(surface, props);
