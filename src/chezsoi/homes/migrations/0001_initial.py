import chezsoi.fields.money
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('territories', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Owner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('kind', models.CharField(choices=[('social_landlord', 'social landlord'), ('person', 'private person'), ('company', 'company'), ('unknown', 'not known')], default='unknown', max_length=20, verbose_name='kind of owner')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='territories.organisation', verbose_name='organisation')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.organisation', verbose_name='recorded by')),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='territories.territory', verbose_name='territory')),
            ],
            options={
                'verbose_name': 'owner',
                'verbose_name_plural': 'owners',
                'constraints': [models.UniqueConstraint(fields=('territory', 'name'), name='owner_once')],
            },
        ),
        migrations.CreateModel(
            name='Dwelling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=60, verbose_name='reference')),
                ('stock', models.CharField(choices=[('social', 'social housing'), ('private', 'private housing')], max_length=20, verbose_name='stock')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='address')),
                ('rooms', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='main rooms')),
                ('surface_m2', models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True, verbose_name='surface (m²)')),
                ('floor', models.SmallIntegerField(blank=True, null=True, verbose_name='floor')),
                ('has_lift', models.BooleanField(blank=True, null=True, verbose_name='lift')),
                ('is_wheelchair_accessible', models.BooleanField(blank=True, null=True, verbose_name='accessible by wheelchair')),
                ('energy_class', models.CharField(blank=True, choices=[('A', 'A'), ('B', 'B'), ('C', 'C'), ('D', 'D'), ('E', 'E'), ('F', 'F'), ('G', 'G'), ('', 'not known')], max_length=1, verbose_name='energy class')),
                ('commune', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='territories.commune', verbose_name='commune')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.organisation', verbose_name='recorded by')),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='territories.territory', verbose_name='territory')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='dwellings', to='homes.owner', verbose_name='owner')),
            ],
            options={
                'verbose_name': 'dwelling',
                'verbose_name_plural': 'dwellings',
                'constraints': [models.UniqueConstraint(fields=('territory', 'reference'), name='dwelling_reference_once'), models.CheckConstraint(condition=models.Q(('surface_m2', None), ('surface_m2__gt', 0), _connector='OR'), name='surface_positive')],
            },
        ),
        migrations.CreateModel(
            name='DwellingReference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_number', models.CharField(max_length=60, verbose_name='file number')),
                ('heard_on', models.DateField(verbose_name='last heard on')),
                ('digest', models.CharField(max_length=64, verbose_name='digest of the row')),
                ('dwelling', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='references', to='homes.dwelling', verbose_name='dwelling')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='files.source', verbose_name='source')),
            ],
            options={
                'verbose_name': 'reference of a dwelling',
                'verbose_name_plural': 'references of dwellings',
                'constraints': [models.UniqueConstraint(fields=('source', 'file_number'), name='dwelling_file_once')],
            },
        ),
        migrations.CreateModel(
            name='DwellingShown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shown_on', models.DateField(verbose_name='shown since')),
                ('dwelling', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shown_to', to='homes.dwelling', verbose_name='dwelling')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='territories.organisation', verbose_name='organisation')),
            ],
            options={
                'verbose_name': 'dwelling shown to an organisation',
                'verbose_name_plural': 'dwellings shown to organisations',
                'constraints': [models.UniqueConstraint(fields=('dwelling', 'organisation'), name='dwelling_shown_once')],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tenure', models.CharField(choices=[('direct', 'direct lease'), ('management_mandate', 'management mandate'), ('sublease', 'sublease'), ('sliding_lease', 'sliding lease'), ('unknown', 'to be agreed')], default='unknown', max_length=20, verbose_name='contract')),
                ('funding', models.CharField(choices=[('PLAI_A', 'PLAI adapté'), ('PLAI', 'PLAI'), ('PLUS', 'PLUS'), ('PLS', 'PLS'), ('other', 'other funding'), ('unknown', 'not known')], default='unknown', max_length=20, verbose_name='funding')),
                ('reservation_holder', models.CharField(blank=True, choices=[('prefect', 'prefect'), ('action_logement', 'Action Logement'), ('municipality', 'municipality'), ('landlord', 'landlord'), ('authority', 'other local authority'), ('', 'none'), ('unknown', 'not known')], default='', max_length=20, verbose_name='reservation holder')),
                ('rent_per_month', chezsoi.fields.money.MoneyField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='rent a month, without charges')),
                ('charges_per_month', chezsoi.fields.money.MoneyField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='charges a month')),
                ('available_on', models.DateField(blank=True, null=True, verbose_name='available on')),
                ('state', models.CharField(choices=[('open', 'available'), ('not_offerable', 'not offerable'), ('let', 'let'), ('withdrawn', 'withdrawn')], default='open', max_length=20, verbose_name='state')),
                ('blocked_on', models.DateField(blank=True, null=True, verbose_name='judged on')),
                ('blocked_by', models.JSONField(blank=True, null=True, verbose_name='rule that blocks it')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('dwelling', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='homes.dwelling', verbose_name='dwelling')),
            ],
            options={
                'verbose_name': 'offer',
                'verbose_name_plural': 'offers',
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('open', 'not_offerable'))), fields=('dwelling',), name='one_offer_at_a_time_a_dwelling'), models.CheckConstraint(condition=models.Q(models.Q(('blocked_by__isnull', False), ('blocked_on__isnull', False), ('state', 'not_offerable')), models.Q(('state', 'not_offerable'), _negated=True), _connector='OR'), name='a_block_has_its_day_and_rule'), models.CheckConstraint(condition=models.Q(models.Q(('rent_per_month', None), ('rent_per_month__gte', 0), _connector='OR'), models.Q(('charges_per_month', None), ('charges_per_month__gte', 0), _connector='OR')), name='offer_amounts_not_negative')],
            },
        ),
    ]
