// SluiceGovernance
