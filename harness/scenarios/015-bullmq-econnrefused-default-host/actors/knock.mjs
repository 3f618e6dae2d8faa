/** Tells whether somebody listens at the address that is configured. */
import { connect } from 'node:net';

const { hostname, port } = new URL(process.env.BROKER_URL);
const socket = connect(Number(port), hostname);
const tell = (answers) => {
  console.log(JSON.stringify({ 'configured address is open': answers }));
  socket.destroy();
};
socket.on('connect', () => tell(true)).on('error', () => tell(false));
