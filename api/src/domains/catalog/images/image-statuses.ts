import { Arg } from 'type-graphql';
import { ImageStatus } from '../../media/index.js';

/** The argument with which staff request images that are not READY. */
export function ImageStatuses(): ReturnType<typeof Arg> {
  return Arg('statuses', () => [ImageStatus], {
    defaultValue: [ImageStatus.READY],
    description:
      'Of which statuses; whoever is not staff gets READY ones whatever is asked. productImagesReorder wants all of them.',
  });
}
