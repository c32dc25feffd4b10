/** A chart that draws nothing: there is no canvas outside a browser. */
export class PriceChart {
  show() {}
  showWhole() {}
  setForming() {}
  setScene() {}
  paintWith() {}
  dispose() {}
}
