// A condition that does not come true fails by its own name long before; this is for machines that are busy with something else.
jest.setTimeout(180_000);
