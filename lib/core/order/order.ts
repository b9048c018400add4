/** One order as the API takes it (design: the order API's contract). Quantity and price are whole numbers. */
export interface Order {
  readonly orderId: string;
  readonly customerId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly price: number;
}
