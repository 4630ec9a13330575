// SluiceAPI
