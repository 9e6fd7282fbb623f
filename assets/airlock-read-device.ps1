# Reads one removable disk for Airlock on Windows, which has it started with an administrator's rights (Start-Process -Verb RunAs). It opens the disk for reading only and
# answers over two named pipes, which only the user who asked may open: where from and how much to read. The protocol stands in airlock-read-device.
# It ends with its pipes, or when nobody opens them. Not run: it was written after Microsoft's documentation, and has not been tried on Windows.
param([string]$Device, [string]$Pipes, [string]$User)
$ErrorActionPreference = 'Stop'
$MaxLength = 1048576
$ConnectWithinMs = 120000
# What Windows answers when a disk is gone: not ready, does not exist, no such device, not connected (winerror.h); Linux' ENODEV and EIO stand in the answer.
$Gone = 21, 55, 433, 1167
$ENODEV = 19
$EIO = 5

if ($Device -notmatch '^\\\\\.\\PhysicalDrive(\d{1,3})$') { exit 2 }
$number = [int]$Matches[1]
if ($Pipes -notmatch '^airlock-[0-9a-f]{32}$') { exit 2 }
# Only what can be pulled out: the right to read must not reach the computer's own disks.
$disk = Get-Disk -Number $number
if ($disk.IsSystem -or $disk.IsBoot -or (@('USB', 'SD', 'MMC') -notcontains "$($disk.BusType)")) { exit 3 }

$native = Add-Type -Name Native -Namespace Airlock -PassThru -MemberDefinition @'
[DllImport("kernel32.dll", SetLastError = true, CharSet = CharSet.Unicode)]
public static extern Microsoft.Win32.SafeHandles.SafeFileHandle CreateFile(string name, uint access, uint share, IntPtr security, uint disposition, uint flags, IntPtr template);
'@
# GENERIC_READ; others may read and write it; OPEN_EXISTING.
$handle = $native::CreateFile($Device, [uint32]2147483648, [uint32]3, [IntPtr]::Zero, [uint32]3, [uint32]0, [IntPtr]::Zero)
if ($handle.IsInvalid) { exit 4 }
$medium = New-Object IO.FileStream($handle, [IO.FileAccess]::Read, 1)

$security = New-Object IO.Pipes.PipeSecurity
$asker = New-Object Security.Principal.SecurityIdentifier($User)
$self = [Security.Principal.WindowsIdentity]::GetCurrent().User
# Opening for writing asks for the right to append too, which on a pipe means another instance; there can be none.
$security.AddAccessRule((New-Object IO.Pipes.PipeAccessRule($asker, 'ReadWrite, CreateNewInstance', 'Allow')))
$security.AddAccessRule((New-Object IO.Pipes.PipeAccessRule($self, 'FullControl', 'Allow')))
$requests = New-Object IO.Pipes.NamedPipeServerStream("$Pipes-request", 'In', 1, 'Byte', 'Asynchronous', 65536, 65536, $security)
$answers = New-Object IO.Pipes.NamedPipeServerStream("$Pipes-answer", 'Out', 1, 'Byte', 'Asynchronous', 65536, 65536, $security)
foreach ($pipe in $requests, $answers) {
  if (-not $pipe.WaitForConnectionAsync().Wait($ConnectWithinMs)) { exit 5 }
}

function Read-Whole([IO.Stream]$stream, [byte[]]$bytes) {
  $done = 0
  while ($done -lt $bytes.Length) {
    $count = $stream.Read($bytes, $done, $bytes.Length - $done)
    if ($count -le 0) { exit 0 }
    $done += $count
  }
}

$request = New-Object byte[] 16
$buffer = New-Object byte[] $MaxLength
try {
  while ($true) {
    Read-Whole $requests $request
    $offset = [BitConverter]::ToInt64($request, 0)
    $length = [BitConverter]::ToUInt32($request, 8)
    if ($offset -lt 0 -or $length -gt $MaxLength -or [BitConverter]::ToUInt32($request, 12) -ne 0) { exit 2 }
    $errno = 0
    $count = 0
    try {
      $medium.Position = $offset
      while ($count -lt $length) {
        $read = $medium.Read($buffer, $count, $length - $count)
        if ($read -le 0) { break }
        $count += $read
      }
    } catch {
      $code = $_.Exception.GetBaseException().HResult -band 0xFFFF
      $errno = if ($Gone -contains $code) { $ENODEV } else { $EIO }
      $count = 0
    }
    $answers.Write([BitConverter]::GetBytes([uint32]$errno), 0, 4)
    $answers.Write([BitConverter]::GetBytes([uint32]$count), 0, 4)
    $answers.Write($buffer, 0, $count)
    $answers.Flush()
  }
} catch [IO.IOException] {
  exit 0
}
