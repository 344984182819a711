# Installs the Mailpath agent from the API that it is to report to: fetches the .msi, verifies it, installs and enrols.
# For those without SCCM, GPO or Intune. In Windows PowerShell 5.1 or newer, as an administrator:
#   .\install.ps1 -Api https://mailpath.example.com -Code 7Q2KD-...
#Requires -Version 5.1
#Requires -RunAsAdministrator
[CmdletBinding()]
param(
    [Parameter(Mandatory)][string]$Api,
    [Parameter(Mandatory)][string]$Code,
    # The SHA-256 that the page "Add a server" shows; without it what the API itself says of the file counts.
    [string]$Sha256,
    # services, application, or both with a comma between; with the code of a site.
    [string]$Roles,
    [string]$Proxy,
    # The folder of its settings, key and results; without it the one of the .msi.
    [string]$State,
    # The account of the service, where a policy refuses its own (error 1923): NT AUTHORITY\LocalService.
    [string]$Account,
    # The key whose builds the API may offer; without it nothing upgrades the agent but a package.
    [string]$UpgradeKey,
    # Refuses an .msi without a valid Authenticode signature.
    [switch]$RequireSignature
)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12

$name = 'mailpath-agent.msi'
$base = $Api.TrimEnd('/')
$msi = Join-Path $env:TEMP $name
$log = Join-Path $env:TEMP 'mailpath-agent-install.log'

if (-not $Sha256) {
    $offered = (Invoke-RestMethod -UseBasicParsing -Uri "$base/v1/downloads").items | Where-Object { $_.name -eq $name }
    if (-not $offered) { throw "$base offers no $name" }
    $Sha256 = $offered.sha256
}
Invoke-WebRequest -UseBasicParsing -Uri "$base/downloads/$name" -OutFile $msi
$seen = (Get-FileHash -Algorithm SHA256 -LiteralPath $msi).Hash
if ($seen -ne $Sha256) { throw "the checksum of $msi is $seen, not $Sha256" }

# A checksum from the same server shows that nothing broke on the path; who made the file, the signature says.
$signature = Get-AuthenticodeSignature -LiteralPath $msi
if ($signature.Status -ne 'Valid') {
    if ($RequireSignature) { throw "the signature of ${msi}: $($signature.Status)" }
    Write-Warning "the signature of ${msi}: $($signature.Status)"
}

$words = '/i "{0}" /qn /norestart /l*v "{1}" API="{2}" CODE="{3}"' -f $msi, $log, $base, $Code
if ($Roles) { $words += ' ROLES="{0}"' -f $Roles }
if ($Proxy) { $words += ' PROXY="{0}"' -f $Proxy }
if ($State) { $words += ' STATE="{0}"' -f $State }
if ($Account) { $words += ' ACCOUNT="{0}"' -f $Account }
if ($UpgradeKey) { $words += ' UPGRADEKEY="{0}"' -f $UpgradeKey }
$run = Start-Process msiexec.exe -ArgumentList $words -Wait -PassThru
$failed = $run.ExitCode -ne 0 -and $run.ExitCode -ne 3010
if ($failed) { throw "msiexec ended with $($run.ExitCode): see $log" }

Get-Service mailpath-agent | Format-List -Property 'Name', 'Status'
# As this or an earlier installation has it; without a backslash at its end, behind which Windows PowerShell would put a
# quotation mark that the program takes for a part of the name.
$kept = (Get-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Mailpath\Agent').State -replace '(?<=[^:\\])\\+$', ''
& "$env:ProgramFiles\Mailpath Agent\mailpath-agent.exe" status --state $kept
