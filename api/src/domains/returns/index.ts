export type { ReturnPhotoService } from './return-photo.service.js';
