/**
 * Takes away what this page has no use for before anything else runs. The policy and the sandbox are the walls; WebRTC, which not every version of the policy
 * covers, is why this stands here as well.
 */

const NOT_NEEDED = [
  'RTCPeerConnection',
  'webkitRTCPeerConnection',
  'RTCDataChannel',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'XMLHttpRequest',
  'SharedWorker',
  'BroadcastChannel',
  'open',
  'Notification',
  'PresentationRequest',
  'PaymentRequest',
];

for (const name of NOT_NEEDED) Reflect.deleteProperty(globalThis, name);

export {};
