/** What `tsc` makes of enum.ts. */
var Factor;
(function (Factor) {
  Factor[(Factor['Two'] = 2)] = 'Two';
})(Factor || (Factor = {}));
export default function double(job) {
  return Factor.Two * job.data[0];
}
