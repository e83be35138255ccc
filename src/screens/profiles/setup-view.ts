import type { Surface } from '../../terminal/surface.ts';
import type { Theme } from '../../widgets/theme.ts';
import { paintForm } from './form-view.ts';
import { paintList } from './list-view.ts';
import type { Setup } from './setup.ts';

export function paintSetup(surface: Surface, setup: Setup, theme: Theme): void {
	if (setup.kind === 'form') paintForm(surface, setup, theme);
	else paintList(surface, setup, theme);
}
