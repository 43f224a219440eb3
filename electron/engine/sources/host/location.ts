import type { Confidence } from '../../../../shared/kinds.ts';
import type { Properties } from '../../../../shared/model/facts.ts';
import type { FileInput, Location, Platform } from '../source.ts';

/** How sure the format and place of a file are; facts from it are never surer. */
export const confidenceOf = (file: Pick<FileInput, 'location'>): Confidence => file.location.confidence ?? 'high';

/** One file name in the machine-wide folders of a product, one folder per platform. */
export function machineLocations(
  folders: Readonly<Partial<Record<Platform, string>>>,
  name: string,
  confidence: Confidence = 'high',
): readonly Location[] {
  const platforms = ['linux', 'macos', 'windows'] as const;
  return platforms.flatMap((platform): Location[] => {
    const folder = folders[platform];
    return folder === undefined
      ? []
      : [{ scope: 'managed', base: 'machine', path: `${folder}/${name}`, platform, confidence }];
  });
}

/** One file name in the folders of a home, one folder per platform. */
export function homeLocations(
  folders: Readonly<Partial<Record<Platform, string>>>,
  name: string,
  confidence: Confidence = 'high',
): readonly Location[] {
  const platforms = ['linux', 'macos', 'windows'] as const;
  return platforms.flatMap((platform): Location[] => {
    const folder = folders[platform];
    return folder === undefined
      ? []
      : [{ scope: 'user', base: 'home', path: `${folder}/${name}`, platform, confidence }];
  });
}

/**
 * Folder of a part that plugins bring (`agents/x.md`, `hooks/hooks.json`): false where the folder above is a host's own
 * (`.claude/agents`), whose files another source reads.
 */
export const isPluginFolder = (anchor: string): boolean => {
  const last = anchor.split('/').at(-1) ?? '';
  return last !== '' && !last.startsWith('.') && last !== '~';
};

/** The place under which the reader of a file comes to it: the link's, where one leads there. */
export const placeForReader = (file: Pick<FileInput, 'place' | 'linkPlace'>): string => file.linkPlace ?? file.place;

/**
 * Whose a file is. One that is come to through a link is its own folder's first, so that the reader stands in a list,
 * beside the others.
 */
export const readerFacts = (file: Pick<FileInput, 'linkPlace' | 'anchor'>, host: string | undefined): Properties => {
  const named: Properties = host === undefined ? {} : { host };
  return file.linkPlace === undefined ? named : { links: [{ ...named, place: file.linkPlace, anchor: file.anchor }] };
};

/** Notes that lie beside definitions (`.claude/agents/README.md`): no definitions themselves, and no mistake. */
export const isNote = (place: string): boolean =>
  /(?:^|\/)(?:readme|changelog|contributing|index|license)\.md$/i.test(place);
