export { ReturnEntity } from './return.entity.js';
export type { ReturnPhotoService } from './return-photo.service.js';
export { returnLoaders, type ReturnRow } from './return.loaders.js';
export { ReturnReason, ReturnResolution, ReturnState } from './return-states.js';
export { Return } from './return.type.js';
