/** The labels that the frame gets with each file: a function is called with '{0}' and '{1}', which the frame fills with its numbers. */

import type { FrameTexts } from '../../preview/protocol.ts';
import { messages } from '../messages/messages.ts';

export function frameTexts(): FrameTexts {
  const { part, page, sevenZip, ...plain } = messages.look.inFrame;
  const { sizes, size } = messages.units;
  return {
    ...plain,
    part: part('{0}', '{1}'),
    page: page('{0}'),
    sevenZip: sevenZip('{0}'),
    sizes,
    sizeInUnit: size('{0}', '{1}'),
  };
}
