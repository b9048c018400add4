/** One order as the API takes it. Quantity and price are whole numbers. */
export interface Order {
  readonly orderId: string;
  readonly customerId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly price: number;
}
