import Foundation
import RegistrarTestSupport
import Testing

/// Lines of a shell that serve the repository `registers` by gitolite over OpenSSH on the loopback address,
/// to `owner` and `clerk`, who may write, and `reader`; the server ends with the shell.
///
/// The account is that of the test, with another home: no account of the system is made. Where sshd does not
/// come up within some seconds of each of some ports the lines give up.
private let gitolite = """
  set -e
  mkdir -p gl/local/hooks/common && cp server.git/hooks/pre-receive gl/local/hooks/common/
  here=$PWD
  for who in owner clerk reader host; do ssh-keygen -q -t ed25519 -N '' -C $who -f $who; done
  (
    export HOME=$here/gl; cd gl
    gitolite setup -pk ../owner.pub >setup.log 2>&1
    sed -i 's|^ *# *LOCAL_CODE *=>  *"$ENV{HOME}/local",|LOCAL_CODE => "$ENV{HOME}/local",|' .gitolite.rc
    grep -q '^LOCAL_CODE' .gitolite.rc
    cp ../clerk.pub ../reader.pub .gitolite/keydir/
    printf 'repo registers\\n  RW+ = owner clerk\\n  R = reader\\n' > .gitolite/conf/gitolite.conf
    gitolite compile && gitolite setup --hooks-only && gitolite trigger POST_COMPILE
  ) >gl.log 2>&1
  served=$here/gl/repositories/registers.git
  mkdir -p $served/registrar && echo 'schema_changes: [owner]' > $served/registrar/server.yaml
  port=$(( ( $$ % 20000 ) + 20000 ))
  [ "$(id -u)" != 0 ] || mkdir -p /run/sshd
  for try in 1 2 3 4 5; do
    cat > sshd_config <<END
  Port $port
  ListenAddress 127.0.0.1
  HostKey $here/host
  PidFile $here/sshd.pid
  AuthorizedKeysFile $here/gl/.ssh/authorized_keys
  PermitRootLogin yes
  PasswordAuthentication no
  KbdInteractiveAuthentication no
  UsePAM no
  StrictModes no
  SetEnv HOME=$here/gl PATH=$PATH GIT_CONFIG_NOSYSTEM=1
  END
    /usr/sbin/sshd -f $here/sshd_config -E sshd.log || true
    n=0; until [ -s sshd.pid ] || [ $n = 50 ]; do n=$((n+1)); sleep 0.1; done
    [ ! -s sshd.pid ] || break
    port=$((port + 1))
  done
  [ -s sshd.pid ] || { cat sshd.log; exit 7; }
  trap 'kill $(cat $here/sshd.pid)' EXIT
  as() {
    key=$here/$1; shift
    GIT_SSH_COMMAND="ssh -F none -p $port -i $key -o IdentitiesOnly=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=$here/known -o BatchMode=yes -o LogLevel=ERROR -o ConnectTimeout=10" timeout 60 "$@"
  }
  cd clone && git remote set-url origin $(id -un)@127.0.0.1:registers

  """

@Test(.enabled(if: areInstalled("gitolite", "sshd", "ssh-keygen")))
func `gitolite over OpenSSH names who pushes, and keeps its own order beside the gate`() throws {
  let desk = try Desk()
  try desk.server()
  let (isGood, output) = try desk.run(
    gitolite + """
      as clerk git push -q origin main
      [ "$(git -C $served symbolic-ref HEAD)" = refs/heads/main ]
      sed -i 's/status: .*/status: odd/' registers/actions/SECP/SECP1-01.yaml && git commit -q -a -m Odd
      if as clerk git push origin main 2>../refusal; then exit 9; fi
      grep -q "'odd' is none of" ../refusal && grep -q 'Nothing was taken' ../refusal
      git reset -q --hard HEAD~1
      sed -i 's/"title": "Action"/"title": "An action"/' schema/action.schema.json
      git commit -q -a -m Title
      if as clerk git push origin main 2>../refusal; then exit 10; fi
      grep -q "takes no change of the rules from 'clerk'" ../refusal && grep -q 'Ask owner to push it' ../refusal
      if as reader git push origin main 2>../refusal; then exit 11; fi
      grep -q DENIED ../refusal
      as owner git push -q origin main
      [ "$(git -C $served rev-parse main)" = "$(git rev-parse main)" ]
      git commit -q --allow-empty -m Next
      registrar baseline create sec/1.0 --effective 2027-02-01 --decision SECP1/01 >/dev/null
      if as owner git push origin main sec/1.0 2>../refusal; then exit 12; fi
      grep -q 'Push its branch first' ../refusal
      as owner git push -q origin main && as owner git push -q origin sec/1.0
      grep -q '"event":"refused","who":"clerk"' $served/registrar/gate.log
      grep -q '"event":"rules","who":"owner"' $served/registrar/gate.log
      """)
  #expect(isGood, "\(output)")
}
