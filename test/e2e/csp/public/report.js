// Before anything else on the page: what the policy refuses is kept for the test to read.
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => {
  const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event;
  window.violations.push({ effectiveDirective, blockedURI, sourceFile, lineNumber, sample });
});
