import { isLoopback, readBrokerVariable } from '../../catalog/doctor/broker-variable.ts';
import type { Place, Sheet } from '../../catalog/doctor/facts.ts';

/** A variable of a process's environment. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly place: Place;
}

/**
 * What variables say of the broker of a process. Their values, which may hold passwords, are told nowhere:
 * only names and hosts are.
 *
 * @param isKnown whether a host is one that the process can reach by its name. Left out: any may be.
 */
export function variableFacts(
  variables: readonly Variable[],
  isKnown: (host: string) => boolean = () => true,
): Sheet {
  const read = variables.flatMap(({ name, value, place }) => {
    const variable = readBrokerVariable(name, value);
    return variable ? [{ name, place, ...variable }] : [];
  });
  const worst =
    read.find(({ host }) => isLoopback(host)) ?? read.find(({ host }) => !isKnown(host)) ?? read[0];
  const url = read.find(({ scheme, sslCertReqs }) => scheme === 'rediss' && !sslCertReqs);
  const some = url ?? read.find(({ scheme }) => scheme !== undefined);
  return {
    ...(worst && { 'broker-host': hostFact(worst, isKnown) }),
    ...(some?.scheme !== undefined && {
      'broker-scheme': {
        value: some.scheme,
        place: some.place,
        says: `${some.name} begins with ${some.scheme}://`,
      },
      'broker-ssl-cert-reqs': {
        value: some.sslCertReqs === true,
        place: some.place,
        says: `${some.name} has ${some.sslCertReqs ? '' : 'no '}ssl_cert_reqs`,
      },
    }),
  };
}

function hostFact(
  { name, host, place }: { name: string; host: string; place: Place },
  isKnown: (host: string) => boolean,
) {
  if (isLoopback(host)) {
    return {
      value: 'loopback',
      place,
      says: `${name} names ${host}, which in a container is the container itself`,
    };
  }
  return isKnown(host)
    ? { value: 'elsewhere', place }
    : {
        value: 'no service',
        place,
        says: `${name} names ${host}, which is no service of this file`,
      };
}
