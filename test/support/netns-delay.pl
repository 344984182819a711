# perl netns-delay.pl DEVICE DEVICE SECONDS: what comes out of one TUN device goes into the other, so much later.
# For kernels without sch_netem. Ends with its standard input.
use strict;
use warnings;
use Time::HiRes qw(time);

my ($left, $right, $delay) = @ARGV;
my @tun = map {
    # TUNSETIFF with IFF_TUN | IFF_NO_PI
    sysopen(my $handle, '/dev/net/tun', 2) or die "/dev/net/tun: $!";
    ioctl($handle, 0x400454ca, pack('a16 s x22', $_, 0x1001)) or die "$_: $!";
    $handle;
} ($left, $right);

$| = 1;
print "ready\n";
my @waiting;
while (1) {
    my $watch = '';
    vec($watch, fileno($_), 1) = 1 for (@tun, *STDIN);
    my $until = @waiting ? $waiting[0][0] - time : undef;
    $until = 0 if defined $until && $until < 0;
    select($watch, undef, undef, $until);
    last if vec($watch, fileno(STDIN), 1) && !sysread(STDIN, my $ignored, 64);
    for my $from (0, 1) {
        next unless vec($watch, fileno($tun[$from]), 1);
        my $packet;
        push @waiting, [time + $delay, $tun[1 - $from], $packet] if sysread($tun[$from], $packet, 65536);
    }
    while (@waiting && $waiting[0][0] <= time) {
        my (undef, $to, $packet) = @{ shift @waiting };
        syswrite($to, $packet);
    }
}
