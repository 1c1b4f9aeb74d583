/** What a host needs to prove its own provider: the contract as a list of checks, each named in words. */
export * from './provider-contract.js';
export { querySuite, type QuerySuiteSetup } from './query-suite.js';
export type { ContractSetup } from './subject.js';
