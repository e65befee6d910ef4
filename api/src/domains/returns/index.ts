export type { ReturnPhotoService } from './photos/return-photo.service.js';
export {
  returnApproved,
  returnExchanged,
  returnReceived,
  returnRefunded,
  returnRejected,
  returnRequested,
} from './return.events.js';
