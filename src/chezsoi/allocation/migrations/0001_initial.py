import chezsoi.fields.encrypted
import chezsoi.fields.money
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('homes', '0001_initial'),
        ('people', '0001_initial'),
        ('territories', '0001_initial'),
        ('territories', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Candidacy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveIntegerField(verbose_name='rank')),
                ('points', models.IntegerField(verbose_name='points')),
                ('state', models.CharField(choices=[('proposed', 'proposed'), ('decided', 'decided, not offered'), ('offered', 'offered, answer awaited'), ('accepted', 'accepted by the household'), ('refused', 'refused by the household'), ('silent', 'no answer in time'), ('housed', 'lease signed'), ('lost', 'home went to another household'), ('withdrawn', 'withdrawn: no longer concerned')], default='proposed', max_length=20, verbose_name='state')),
                ('reordering_reason', models.CharField(blank=True, max_length=300, verbose_name='why the order was departed from')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='people.household', verbose_name='household')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='homes.offer', verbose_name='offer')),
            ],
            options={
                'verbose_name': 'candidacy',
                'verbose_name_plural': 'candidacies',
            },
        ),
        migrations.CreateModel(
            name='Commission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('caleol', 'CALEOL of a social landlord'), ('local', 'local commission')], max_length=20, verbose_name='kind of commission')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('quorum', models.PositiveSmallIntegerField(verbose_name='quorum (members with a vote)')),
                ('answer_days', models.PositiveSmallIntegerField(verbose_name='days to answer an offer')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='territories.organisation', verbose_name='organisation')),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='territories.territory', verbose_name='territory')),
            ],
            options={
                'verbose_name': 'commission',
                'verbose_name_plural': 'commissions',
                'constraints': [models.CheckConstraint(condition=models.Q(('quorum__gte', 1)), name='commission_quorum_positive'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'caleol'), _negated=True), ('answer_days__gte', 10), _connector='OR'), name='caleol_leaves_ten_days')],
            },
        ),
        migrations.CreateModel(
            name='CommissionMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('capacity', models.CharField(max_length=150, verbose_name='in the name of')),
                ('has_vote', models.BooleanField(default=True, verbose_name='has a vote')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until (excluded)')),
                ('commission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='allocation.commission', verbose_name='commission')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'member of a commission',
                'verbose_name_plural': 'members of a commission',
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='member_leaves_after_joining')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('allocated', 'allocated'), ('allocated_ranked', 'allocated, in rank order'), ('allocated_conditionally', 'allocated on condition of a missing document'), ('not_allocated', 'not allocated'), ('rejected_inadmissible', 'rejected: conditions of access not met')], max_length=30, verbose_name='decision')),
                ('rank', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='rank decided')),
                ('reason_code', models.CharField(blank=True, choices=[('', 'none'), ('other_candidate', 'another candidate ranked before'), ('ceilings', 'resources above the ceiling'), ('size', 'home too small for the household'), ('effort', 'cost too high for the resources'), ('incomplete', 'file incomplete after a written reminder'), ('no_longer_seeking', 'household no longer seeking'), ('unsuitable_access', 'home not accessible to the household')], default='', max_length=30, verbose_name='ground')),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('missing_document', models.CharField(blank=True, choices=[('', 'none'), ('identity', 'identity document'), ('residence', 'document showing a regular stay'), ('tax_notice', 'tax notice of the year before last'), ('resources', 'proof of the resources of the last three months'), ('family', 'proof of the family situation'), ('current_housing', 'proof of the present housing situation'), ('guardianship', 'judgment of guardianship')], default='', max_length=30, verbose_name='missing document')),
                ('decided_on', models.DateField(verbose_name='decided on')),
                ('candidacy', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='allocation.candidacy', verbose_name='candidacy')),
            ],
            options={
                'verbose_name': 'decision',
                'verbose_name_plural': 'decisions',
            },
        ),
        migrations.CreateModel(
            name='HousingRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', chezsoi.fields.encrypted.EncryptedTextField(blank=True, verbose_name='national request number')),
                ('number_index', models.CharField(blank=True, db_index=True, max_length=64, verbose_name='digest of the number')),
                ('requested_on', models.DateField(blank=True, null=True, verbose_name='requested on')),
                ('rooms_min', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='rooms wished, at least')),
                ('rooms_max', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='rooms wished, at most')),
                ('max_outlay_per_month', chezsoi.fields.money.MoneyField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='rent and charges bearable a month')),
                ('needs_wheelchair_access', models.BooleanField(blank=True, null=True, verbose_name='needs wheelchair access')),
                ('needs_lift_or_ground', models.BooleanField(blank=True, null=True, verbose_name='needs a lift or the ground floor')),
                ('state', models.CharField(choices=[('active', 'active'), ('housed', 'housed'), ('closed', 'closed')], default='active', max_length=20, verbose_name='state')),
                ('heard_on', models.DateField(verbose_name='last heard on')),
                ('household', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='request', to='people.household', verbose_name='household')),
            ],
            options={
                'verbose_name': 'housing request',
                'verbose_name_plural': 'housing requests',
                'constraints': [models.CheckConstraint(condition=models.Q(('rooms_min', None), ('rooms_max', None), ('rooms_max__gte', models.F('rooms_min')), _connector='OR'), name='rooms_wished_in_order')],
            },
        ),
        migrations.CreateModel(
            name='OfferLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_on', models.DateField(verbose_name='sent on')),
                ('answer_due_on', models.DateField(verbose_name='answer due on')),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='letter', to='allocation.decision', verbose_name='decision')),
            ],
            options={
                'verbose_name': 'offer letter',
                'verbose_name_plural': 'offer letters',
                'constraints': [models.CheckConstraint(condition=models.Q(('answer_due_on__gt', models.F('sent_on'))), name='time_to_answer_an_offer')],
            },
        ),
        migrations.CreateModel(
            name='HouseholdAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_accepted', models.BooleanField(verbose_name='accepted')),
                ('is_silence', models.BooleanField(default=False, verbose_name='no answer in time')),
                ('answered_on', models.DateField(verbose_name='answered on')),
                ('words', models.CharField(blank=True, max_length=500, verbose_name='in their words')),
                ('letter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='allocation.offerletter', verbose_name='offer letter')),
            ],
            options={
                'verbose_name': 'answer of the household',
                'verbose_name_plural': 'answers of the households',
                'constraints': [models.CheckConstraint(condition=models.Q(('is_silence', False), ('is_accepted', False), _connector='OR'), name='silence_is_no_acceptance')],
            },
        ),
        migrations.CreateModel(
            name='PriorityLabel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(choices=[('dalo', 'DALO'), ('disability', 'disability'), ('therapeutic_flat', 'leaving a therapeutic flat'), ('hardship', 'badly housed, in hardship'), ('temporary_home', 'accommodated or in temporary housing'), ('back_to_work', 'back to work after long unemployment'), ('unfit_home', 'unfit dwelling'), ('violence', 'violence'), ('prostitution_exit', 'path out of prostitution'), ('trafficking', 'victim of trafficking'), ('overcrowded', 'overcrowded with a child'), ('eviction_without_rehousing', 'eviction without rehousing'), ('care_leaver', 'leaving child protection'), ('effort_above_half', 'more than half of resources spent on housing')], max_length=30, verbose_name='ground of priority')),
                ('noted_on', models.DateField(verbose_name='noted on')),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='withdrawn on')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='labels', to='allocation.housingrequest', verbose_name='request')),
                ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='files.source', verbose_name='source')),
            ],
            options={
                'verbose_name': 'ground of priority',
                'verbose_name_plural': 'grounds of priority',
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_on', None)), fields=('request', 'label'), name='label_once_a_request')],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('committed', 'candidates frozen, lottery sealed'), ('drawn', 'drawn'), ('cancelled', 'cancelled')], default='committed', max_length=20, verbose_name='state')),
                ('frozen_at', models.DateTimeField(verbose_name='candidates frozen at')),
                ('frozen_on', models.DateField(verbose_name='day of the facts')),
                ('snapshot', chezsoi.fields.encrypted.EncryptedTextField(verbose_name='candidates as frozen')),
                ('snapshot_sha256', models.CharField(max_length=64, verbose_name='digest of the candidates')),
                ('seed', chezsoi.fields.encrypted.EncryptedTextField(verbose_name='seed')),
                ('seed_commitment', models.CharField(max_length=64, verbose_name='digest of the seed')),
                ('public_randomness', models.CharField(blank=True, max_length=200, verbose_name='public number')),
                ('randomness_source', models.CharField(blank=True, max_length=200, verbose_name='where the public number comes from')),
                ('randomness_published_at', models.DateTimeField(blank=True, null=True, verbose_name='public number published at')),
                ('drawn_at', models.DateTimeField(blank=True, null=True, verbose_name='drawn at')),
                ('examined', models.PositiveIntegerField(default=0, verbose_name='households examined')),
                ('compatible', models.PositiveIntegerField(default=0, verbose_name='households compatible')),
                ('facts_erased_on', models.DateField(blank=True, null=True, verbose_name='candidates as frozen erased on')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='homes.offer', verbose_name='offer')),
            ],
            options={
                'verbose_name': 'round',
                'verbose_name_plural': 'rounds',
            },
        ),
        migrations.CreateModel(
            name='Examination',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_compatible', models.BooleanField(verbose_name='compatible')),
                ('rank', models.PositiveIntegerField(null=True, verbose_name='rank')),
                ('points', models.IntegerField(verbose_name='points')),
                ('contributions', models.JSONField(verbose_name='points by criterion')),
                ('reasons', models.JSONField(verbose_name='reasons')),
                ('standing', models.JSONField(verbose_name='what separates it from the others')),
                ('ticket', models.CharField(max_length=64, verbose_name='lottery ticket')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='people.household', verbose_name='household')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='examinations', to='allocation.round', verbose_name='round')),
            ],
            options={
                'verbose_name': 'examination',
                'verbose_name_plural': 'examinations',
                'constraints': [models.UniqueConstraint(fields=('round', 'household'), name='household_examined_once_a_round')],
            },
        ),
        migrations.AddField(
            model_name='candidacy',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='allocation.round', verbose_name='round'),
        ),
        migrations.CreateModel(
            name='ScoringGrid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(verbose_name='key')),
                ('version', models.CharField(max_length=20, verbose_name='version')),
                ('valid_from', models.DateField(verbose_name='in force from')),
                ('content', models.JSONField(verbose_name='criteria')),
                ('sha256', models.CharField(max_length=64, verbose_name='digest')),
                ('territory', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='territories.territory', verbose_name='territory')),
            ],
            options={
                'verbose_name': 'scoring grid',
                'verbose_name_plural': 'scoring grids',
                'constraints': [models.UniqueConstraint(fields=('key', 'version'), name='grid_version_once')],
            },
        ),
        migrations.AddField(
            model_name='round',
            name='grid',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='allocation.scoringgrid', verbose_name='grid'),
        ),
        migrations.CreateModel(
            name='Sitting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='held on')),
                ('state', models.CharField(choices=[('prepared', 'being prepared'), ('open', 'in session'), ('closed', 'closed')], default='prepared', max_length=20, verbose_name='state')),
                ('commission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sittings', to='allocation.commission', verbose_name='commission')),
            ],
            options={
                'verbose_name': 'sitting',
                'verbose_name_plural': 'sittings',
                'constraints': [models.UniqueConstraint(fields=('commission', 'held_on'), name='one_sitting_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='allocation.commissionmember', verbose_name='member')),
                ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='allocation.sitting', verbose_name='sitting')),
            ],
            options={
                'verbose_name': 'attendance',
                'verbose_name_plural': 'attendances',
                'constraints': [models.UniqueConstraint(fields=('sitting', 'member'), name='member_present_once')],
            },
        ),
        migrations.CreateModel(
            name='SittingItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('few_candidates', models.CharField(blank=True, choices=[('', 'none'), ('too_few_candidates', 'too few candidates'), ('dalo_designation', 'DALO household designated by the prefect'), ('plai_adapte', 'home with the PLAI adapté subsidy')], default='', max_length=30, verbose_name='why fewer than three candidates')),
                ('round', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='item', to='allocation.round', verbose_name='round')),
                ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='allocation.sitting', verbose_name='sitting')),
            ],
            options={
                'verbose_name': 'item of a sitting',
                'verbose_name_plural': 'items of a sitting',
            },
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='allocation.commissionmember', verbose_name='member')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recusals', to='allocation.sittingitem', verbose_name='item')),
            ],
            options={
                'verbose_name': 'recusal',
                'verbose_name_plural': 'recusals',
                'constraints': [models.UniqueConstraint(fields=('item', 'member'), name='recused_once_an_item')],
            },
        ),
        migrations.AddField(
            model_name='decision',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='allocation.sittingitem', verbose_name='item'),
        ),
        migrations.CreateModel(
            name='WishedCommune',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveSmallIntegerField(verbose_name='rank of the wish')),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='withdrawn on')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='territories.commune', verbose_name='commune')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wished_communes', to='allocation.housingrequest', verbose_name='request')),
            ],
            options={
                'verbose_name': 'wished commune',
                'verbose_name_plural': 'wished communes',
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_on', None)), fields=('request', 'commune'), name='wished_commune_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='candidacy',
            constraint=models.UniqueConstraint(fields=('round', 'household'), name='household_candidate_once_a_round'),
        ),
        migrations.AddConstraint(
            model_name='candidacy',
            constraint=models.UniqueConstraint(fields=('round', 'rank'), name='one_candidate_a_rank'),
        ),
        migrations.AddConstraint(
            model_name='candidacy',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['offered', 'accepted', 'housed'])), fields=('offer',), name='one_household_at_a_time_holds_an_offer'),
        ),
        migrations.AddConstraint(
            model_name='candidacy',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'accepted')), fields=('household',), name='one_accepted_home_at_a_time_a_household'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('offer',), name='one_round_at_a_time_an_offer'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'drawn'), _negated=True), models.Q(('drawn_at__isnull', False), ('randomness_published_at__isnull', False), models.Q(('public_randomness', ''), _negated=True)), _connector='OR'), name='a_drawn_round_has_its_public_number'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_decision_says_why'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('rank__isnull', False)), fields=('item', 'rank'), name='no_two_equal_ranks_on_a_home'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'allocated_conditionally'), _negated=True), models.Q(('missing_document', ''), _negated=True), _connector='OR'), name='a_condition_names_its_document'),
        ),
    ]
