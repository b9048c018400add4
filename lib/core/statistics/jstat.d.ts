/** Types of the part of jstat (MIT) that is used; the package has none. */
declare module 'jstat' {
  interface StudentT {
    readonly inv: (probability: number, degreesOfFreedom: number) => number;
    readonly cdf: (value: number, degreesOfFreedom: number) => number;
  }
  interface CentralF {
    readonly cdf: (value: number, numeratorDf: number, denominatorDf: number) => number;
  }
  const jstat: { readonly jStat: { readonly studentt: StudentT; readonly centralF: CentralF } };

  export = jstat;
}
