/** Fails as a client of HTTP does, whose error leads to its request and from there back to itself. */
module.exports = async () => {
  const error = new Error('the card was declined');
  error.request = { error };
  throw process.env.THROWS === 'its message alone' ? new Error(error.message) : error;
};
