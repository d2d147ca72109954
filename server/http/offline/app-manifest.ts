import { papers } from '../../../shared/colour.ts';
import { directionOf } from '../../../shared/i18n/direction.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import { builtFile } from '../built-assets.ts';

/** An icon that the build has drawn from `icon.svg`. Launchers cut a maskable one to their own shape. */
export const appIcons = [
  { name: 'app-192', size: 192, purpose: 'any' },
  { name: 'app-512', size: 512, purpose: 'any' },
  { name: 'app-maskable', size: 512, purpose: 'maskable' },
] as const;

/** A timeline as an app on a device: a Web App Manifest. Each timeline is one of its own. */
export function appManifest(
  { slug, title, description, language }: Timeline,
  { appearance }: Pick<Settings, 'appearance'>,
  publicFolder: string,
): object {
  return {
    id: `/${slug}`,
    name: appearance.siteName ? `${title} · ${appearance.siteName}` : title,
    short_name: title,
    ...(description && { description }),
    lang: language,
    dir: directionOf(language),
    start_url: `/${slug}`,
    scope: `/${slug}`,
    display: 'standalone',
    background_color: papers.light[0],
    theme_color: papers.light[0],
    categories: ['news'],
    icons: appIcons.map(({ name, size, purpose }) => ({
      src: `/${builtFile(publicFolder, `client/reader/${name}.png`)}`,
      sizes: `${size}x${size}`,
      type: 'image/png',
      purpose,
    })),
  };
}
