export {
  returnApproved,
  returnExchanged,
  returnReceived,
  returnRefunded,
  returnRejected,
  returnRequested,
} from './return.events.js';
